package io.esdb.raft.testkit.soak;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Values as they travel between the soak and its nodes, which run the same classes: records and what they hold. */
final class Wire {
    private Wire() {}

    static void write(DataOutput out, @Nullable Object value) throws IOException {
        if (value == null) {
            out.writeByte('0');
        } else if (value instanceof Boolean bool) {
            out.writeByte('z');
            out.writeBoolean(bool);
        } else if (value instanceof Integer number) {
            out.writeByte('i');
            out.writeInt(number);
        } else if (value instanceof Long number) {
            out.writeByte('l');
            out.writeLong(number);
        } else if (value instanceof String text) {
            out.writeByte('s');
            bytes(out, text.getBytes(StandardCharsets.UTF_8));
        } else if (value instanceof byte[] bytes) {
            out.writeByte('b');
            bytes(out, bytes);
        } else {
            writeComposed(out, value);
        }
    }

    private static void writeComposed(DataOutput out, Object value) throws IOException {
        if (value instanceof UUID id) {
            out.writeByte('u');
            out.writeLong(id.getMostSignificantBits());
            out.writeLong(id.getLeastSignificantBits());
        } else if (value instanceof Enum<?> constant) {
            out.writeByte('e');
            out.writeUTF(constant.getDeclaringClass().getName());
            out.writeUTF(constant.name());
        } else if (value instanceof Collection<?> items) {
            out.writeByte(value instanceof Set ? 't' : 'a');
            out.writeInt(items.size());
            for (Object item : items) {
                write(out, item);
            }
        } else if (value instanceof Record) {
            writeRecord(out, value);
        } else {
            throw new IOException("no way to send a " + value.getClass());
        }
    }

    private static void writeRecord(DataOutput out, Object value) throws IOException {
        out.writeByte('r');
        out.writeUTF(value.getClass().getName());
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            try {
                component.getAccessor().setAccessible(true);
                write(out, component.getAccessor().invoke(value));
            } catch (ReflectiveOperationException e) {
                throw new IOException(value.getClass() + " cannot be sent", e);
            }
        }
    }

    private static void bytes(DataOutput out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static @Nullable Object read(DataInput in) throws IOException {
        char kind = (char) in.readByte();
        return switch (kind) {
            case '0' -> null;
            case 'z' -> in.readBoolean();
            case 'i' -> in.readInt();
            case 'l' -> in.readLong();
            case 's' -> new String(bytes(in), StandardCharsets.UTF_8);
            case 'b' -> bytes(in);
            case 'u' -> new UUID(in.readLong(), in.readLong());
            case 'e' -> constant(in);
            case 'a' -> items(in);
            case 't' -> Collections.unmodifiableSet(new LinkedHashSet<>(items(in)));
            case 'r' -> readRecord(in);
            default -> throw new IOException("not a value: " + kind);
        };
    }

    private static byte[] bytes(DataInput in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return bytes;
    }

    private static List<@Nullable Object> items(DataInput in) throws IOException {
        int size = in.readInt();
        List<@Nullable Object> items = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            items.add(read(in));
        }
        return items;
    }

    private static Object constant(DataInput in) throws IOException {
        Class<?> type = type(in);
        String name = in.readUTF();
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> ((Enum<?>) constant).name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IOException(type + " has no " + name));
    }

    private static Object readRecord(DataInput in) throws IOException {
        Class<?> type = type(in);
        RecordComponent[] components = type.getRecordComponents();
        @Nullable Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            values[i] = read(in);
        }
        try {
            var constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IOException(type + " cannot be made", e);
        }
    }

    private static Class<?> type(DataInput in) throws IOException {
        String name = in.readUTF();
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IOException("unknown type " + name, e);
        }
    }
}
