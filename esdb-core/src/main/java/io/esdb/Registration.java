package io.esdb;

/** A listener's place in a list; closing it ends the listening. Closing twice does nothing. */
@FunctionalInterface
public interface Registration extends AutoCloseable {
    @Override
    void close();
}
