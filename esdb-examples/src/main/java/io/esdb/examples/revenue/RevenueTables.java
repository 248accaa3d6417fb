package io.esdb.examples.revenue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The tables of the projection, by one connection. One thread at a time. */
final class RevenueTables implements AutoCloseable {
    private static final String[] TABLES = {
        "CREATE TABLE IF NOT EXISTS revenue"
                + " (item VARCHAR(200) PRIMARY KEY, pieces BIGINT NOT NULL, cents BIGINT NOT NULL)",
        "CREATE TABLE IF NOT EXISTS place (projection VARCHAR(100) PRIMARY KEY, position BIGINT NOT NULL)",
        "INSERT INTO place (projection, position)"
                + " SELECT 'revenue', -1 WHERE NOT EXISTS (SELECT 1 FROM place WHERE projection = 'revenue')"
    };
    private static final String TAKE = "UPDATE place SET position = ? WHERE projection = 'revenue' AND position < ?";
    private static final String ADD = "UPDATE revenue SET pieces = pieces + 1, cents = cents + ? WHERE item = ?";
    private static final String BEGIN = "INSERT INTO revenue (cents, item, pieces) VALUES (?, ?, 1)";

    private final Connection connection;

    private RevenueTables(Connection connection) {
        this.connection = connection;
    }

    /** Connects, and makes the tables if they are not there. */
    static RevenueTables in(Database database) throws SQLException {
        RevenueTables tables = new RevenueTables(database.connect());
        try {
            tables.create();
            return tables;
        } catch (SQLException e) {
            tables.close();
            throw e;
        }
    }

    private void create() throws SQLException {
        connection.setAutoCommit(false);
        for (String table : TABLES) {
            int unused = update(table);
        }
        connection.commit();
    }

    /** The position of the last event that was counted; -1 if none was. */
    long place() throws SQLException {
        return number("SELECT position FROM place WHERE projection = ?", "revenue");
    }

    /** What an item has brought in. */
    long cents(String item) throws SQLException {
        return number("SELECT SUM(cents) FROM revenue WHERE item = ?", item);
    }

    /** How many pieces of an item were sold. */
    long pieces(String item) throws SQLException {
        return number("SELECT SUM(pieces) FROM revenue WHERE item = ?", item);
    }

    /**
     * Counts what was sold, unless it was counted before. The place and the change are one transaction, so there are both or
     * neither. The place comes first: its row is locked until the end, so even two that do this at once count each event once.
     */
    void count(ItemSold sold, long position) throws SQLException {
        if (update(TAKE, position, position) == 1 && update(ADD, sold.cents(), sold.item()) == 0) {
            int unused = update(BEGIN, sold.cents(), sold.item());
        }
        connection.commit();
    }

    private int update(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            return statement.executeUpdate();
        }
    }

    private long number(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getLong(1) : 0;
            }
        } finally {
            connection.commit();
        }
    }

    private static void bind(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    /** What was not committed is undone. */
    @Override
    public void close() throws SQLException {
        try (connection) {
            connection.rollback();
        }
    }
}
