package io.esdb.benchmarks;

import io.esdb.EventData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;

/**
 * An event table in SQLite: write-ahead log, synced at each commit. A unique index refuses a revision that is taken; there
 * is no index of event ids, types or categories, which esdb has.
 */
final class SqlitePeer implements Peer {
    private static final String TABLE = """
            create table events (
              position integer primary key,
              stream text not null,
              revision integer not null,
              id blob not null,
              type text not null,
              content_type text not null,
              data blob not null,
              metadata_content_type text not null,
              metadata blob not null,
              tags text not null,
              created integer not null)""";

    private final Connection connection;
    private final PreparedStatement insert;

    SqlitePeer(Path folder) throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("events.db"));
        try (Statement statement = connection.createStatement()) {
            statement.execute("pragma journal_mode=wal");
            statement.execute("pragma synchronous=full");
            statement.execute("pragma cache_size=-131072");
            statement.execute(TABLE);
            statement.execute("create unique index streams on events (stream, revision)");
        }
        connection.setAutoCommit(false);
        insert = connection.prepareStatement(
                "insert into events (stream, revision, id, type, content_type, data, metadata_content_type, metadata,"
                        + " tags, created) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    }

    Connection connection() {
        return connection;
    }

    @Override
    public void commit(List<SampleAppend> appends) throws SQLException {
        for (SampleAppend append : appends) {
            insert(append);
        }
        connection.commit();
    }

    @Override
    public long events() throws SQLException {
        return number("select count(*) from events");
    }

    @Override
    public long lastRevision(long stream) throws SQLException {
        return number("select coalesce(max(revision), -1) from events where stream = '" + Samples.stream(stream) + "'");
    }

    @Override
    public void close() throws IOException {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    private void insert(SampleAppend append) throws SQLException {
        long revision = append.revision();
        for (EventData event : append.events()) {
            insert.setString(1, append.name());
            insert.setLong(2, revision++);
            insert.setBytes(3, bytes(event.id()));
            insert.setString(4, event.type());
            insert.setString(5, event.contentType());
            insert.setBytes(6, event.data());
            insert.setString(7, event.metadataContentType());
            insert.setBytes(8, event.metadata());
            insert.setString(9, String.join(" ", event.tags()));
            insert.setLong(10, System.currentTimeMillis() * 1_000);
            insert.executeUpdate();
        }
    }

    private long number(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(query)) {
            found.next();
            return found.getLong(1);
        }
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }
}
