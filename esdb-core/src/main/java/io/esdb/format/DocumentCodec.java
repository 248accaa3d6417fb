package io.esdb.format;

import io.esdb.spi.Document;

/** A document's value: {@code version 8 | bytes}. */
public final class DocumentCodec {
    private DocumentCodec() {}

    /** The value of a document. */
    public static byte[] encode(Document document) {
        return new ByteWriter(8 + document.value().length)
                .i64(document.version())
                .raw(document.value())
                .toBytes();
    }

    /** The document of a value. */
    public static Document decode(byte[] value) {
        ByteReader in = new ByteReader(value);
        return new Document(in.i64(), in.raw(in.remaining()));
    }
}
