package io.esdb.projections;

import io.esdb.StoreCorrupt;
import io.esdb.StoreTooNew;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Small documents as bytes: the version of their layout, and then their fields. */
final class Coding {
    private Coding() {}

    static byte[] encode(byte format, Writer fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(format);
            fields.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory takes everything
        }
        return bytes.toByteArray();
    }

    static <T> T decode(String store, byte format, byte[] bytes, Reader<T> fields) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            byte found = in.readByte();
            if (found != format) {
                throw new StoreTooNew(store, "a projection's document has format " + found, null);
            }
            return fields.read(in);
        } catch (IOException e) {
            throw new StoreCorrupt(store, "a projection's document makes no sense", e);
        }
    }

    interface Writer {
        void write(DataOutputStream out) throws IOException;
    }

    interface Reader<T> {
        T read(DataInputStream in) throws IOException;
    }
}
