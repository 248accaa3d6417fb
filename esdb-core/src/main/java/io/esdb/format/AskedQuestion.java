package io.esdb.format;

/**
 * A question on its way to the leader: {@code topic | question}.
 *
 * @param topic what kind it is
 * @param question its bytes; not copied
 */
public record AskedQuestion(String topic, byte[] question) {
    /** The bytes. */
    public byte[] encode() {
        return new ByteWriter(question.length + topic.length() + 8)
                .text(topic)
                .raw(question)
                .toBytes();
    }

    /** The question of bytes. */
    public static AskedQuestion decode(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        return new AskedQuestion(in.text(), in.raw(in.remaining()));
    }
}
