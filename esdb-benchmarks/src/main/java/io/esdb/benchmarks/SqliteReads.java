package io.esdb.benchmarks;

import io.esdb.RecordedEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.UUID;

/** Queries on the event table, every column fetched and made an event of. */
final class SqliteReads implements Reads {
    private static final String COLUMNS = "select position, stream, revision, id, type, content_type, data,"
            + " metadata_content_type, metadata, tags, created from events ";

    private final SqlitePeer peer;
    private final PreparedStatement all;
    private final PreparedStatement stream;

    SqliteReads(Path folder, ReadData data) throws Exception {
        peer = new SqlitePeer(folder);
        data.into(peer);
        peer.connection().setAutoCommit(true);
        try (Statement statement = peer.connection().createStatement()) {
            statement.execute("pragma wal_checkpoint(truncate)");
        }
        all = peer.connection().prepareStatement(COLUMNS + "order by position");
        stream = peer.connection().prepareStatement(COLUMNS + "where stream = ? order by revision");
    }

    @Override
    public long all() throws SQLException {
        long next = 0;
        try (ResultSet found = all.executeQuery()) {
            while (found.next()) {
                next++;
                Expect.equal("position", next, event(found).position());
            }
        }
        return next;
    }

    @Override
    public long stream(long number) throws SQLException {
        long next = 0;
        stream.setString(1, Samples.stream(number));
        try (ResultSet found = stream.executeQuery()) {
            while (found.next()) {
                Expect.equal("revision", next, event(found).revision());
                next++;
            }
        }
        return next;
    }

    @Override
    public void close() throws IOException {
        peer.close();
    }

    private static RecordedEvent event(ResultSet row) throws SQLException {
        ByteBuffer id = ByteBuffer.wrap(row.getBytes(4));
        String tags = row.getString(10);
        return new RecordedEvent(
                row.getLong(1),
                row.getString(2),
                row.getLong(3),
                new UUID(id.getLong(), id.getLong()),
                row.getString(5),
                row.getString(6),
                row.getBytes(7),
                row.getString(8),
                row.getBytes(9),
                tags.isEmpty() ? Set.of() : Set.of(tags),
                row.getLong(11));
    }
}
