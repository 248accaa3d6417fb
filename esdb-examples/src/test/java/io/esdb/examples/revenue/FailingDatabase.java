package io.esdb.examples.revenue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;

/** A database whose commits fail. */
final class FailingDatabase implements Database {
    private final Database database;
    private final Supplier<Fate> fates;
    private final Runnable failed;

    /** What becomes of a commit. */
    enum Fate {
        DONE,
        /** It is not done. */
        LOST,
        /** It is done, but who asked for it does not hear so. */
        UNANSWERED
    }

    /**
     * @param fates tells the fate of each commit
     * @param failed is called at the moment at which one has failed
     */
    FailingDatabase(Database database, Supplier<Fate> fates, Runnable failed) {
        this.database = database;
        this.fates = fates;
        this.failed = failed;
    }

    @Override
    public Connection connect() throws SQLException {
        Connection connection = database.connect();
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    try {
                        if (method.getName().equals("commit")) {
                            commit(connection);
                            return null;
                        }
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                });
    }

    private void commit(Connection connection) throws SQLException {
        Fate fate = fates.get();
        if (fate != Fate.LOST) {
            connection.commit();
        }
        if (fate != Fate.DONE) {
            failed.run();
            throw new SQLException("the connection is " + fate);
        }
    }
}
