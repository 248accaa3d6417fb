package io.esdb.storage.rocks.store;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Something bad that happens to a file. */
record Damage(Kind kind, long at) {
    enum Kind {
        DELETE,
        TRUNCATE,
        FLIP,
        ZERO
    }

    /** A choice for a file of this size, the same for the same random. */
    static List<Damage> choice(long size, Random random, int flips) {
        List<Damage> damages = new ArrayList<>();
        damages.add(new Damage(Kind.DELETE, 0));
        if (size > 0) {
            damages.add(new Damage(Kind.TRUNCATE, random.nextLong(size)));
            damages.add(new Damage(Kind.TRUNCATE, size - 1));
            damages.add(new Damage(Kind.ZERO, 0));
            damages.add(new Damage(Kind.ZERO, random.nextLong(size)));
            damages.add(new Damage(Kind.FLIP, 0));
            damages.add(new Damage(Kind.FLIP, size - 1));
            random.longs(flips, 0, size).forEach(at -> damages.add(new Damage(Kind.FLIP, at)));
        }
        return damages;
    }

    void to(Path file) throws IOException {
        if (kind == Kind.DELETE) {
            Files.delete(file);
            return;
        }
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            switch (kind) {
                case TRUNCATE -> open.setLength(at);
                case FLIP -> flip(open);
                default -> zero(open);
            }
        }
    }

    private void flip(RandomAccessFile file) throws IOException {
        file.seek(at);
        int old = file.read();
        file.seek(at);
        file.write(old ^ 0x10);
    }

    /** As a disk that forgot a sector. */
    private void zero(RandomAccessFile file) throws IOException {
        long start = at / 512 * 512;
        file.seek(start);
        file.write(new byte[(int) Math.min(512, file.length() - start)]);
    }
}
