package io.esdb.examples.history;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;

/** A bar on standard error that grows while work is done; nothing at all where nobody watches. */
final class Progress implements AutoCloseable {
    private final @Nullable ProgressBar bar;

    private Progress(@Nullable ProgressBar bar) {
        this.bar = bar;
    }

    /** Shown if the program runs at a terminal. JDK 22 to 24 have a console without one too; there it is always shown. */
    @SuppressWarnings("SystemConsoleNull")
    static Progress of(String task, long steps) {
        return of(task, steps, System.console() != null);
    }

    static Progress of(String task, long steps, boolean shown) {
        return new Progress(
                shown
                        ? new ProgressBarBuilder()
                                .setTaskName(task)
                                .setInitialMax(steps)
                                .setConsumer(new ConsoleProgressBarConsumer(System.err))
                                .build()
                        : null);
    }

    void step() {
        if (bar != null) {
            bar.step();
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
