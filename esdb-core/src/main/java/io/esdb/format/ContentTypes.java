package io.esdb.format;

import java.util.List;

/** Content types in one byte where they are common. The order of the list is on disk; new ones go to its end. */
final class ContentTypes {
    private static final int OTHER = 0;
    private static final List<String> COMMON = List.of(
            "application/json",
            "application/octet-stream",
            "text/plain",
            "application/xml",
            "application/protobuf",
            "application/avro",
            "application/cbor",
            "text/plain;charset=utf-8");

    private ContentTypes() {}

    static void write(ByteWriter out, String contentType) {
        int index = COMMON.indexOf(contentType);
        if (index >= 0) {
            out.u8(index + 1);
        } else {
            out.u8(OTHER).text(contentType);
        }
    }

    static String read(ByteReader in) {
        int code = in.u8();
        if (code == OTHER) {
            return in.text();
        }
        if (code > COMMON.size()) {
            throw new FormatException("unknown content type code " + code);
        }
        return COMMON.get(code - 1);
    }
}
