package io.esdb.json;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** Refuses what only looks like UTF-8. Jackson takes over-long forms, in which text can hide from other readers. */
final class Utf8 {
    private static final int CHARS = 8_192;

    private Utf8() {}

    static void require(byte[] text) throws CharacterCodingException {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(text);
        CharBuffer out = CharBuffer.allocate(Math.min(text.length, CHARS));
        CoderResult result;
        do {
            result = decoder.decode(in, out.clear(), true);
            if (result.isError()) {
                result.throwException();
            }
        } while (result.isOverflow());
    }
}
