package io.esdb.format;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A file of lines {@code name = hex}: bytes as they are on disks and in logs out there. It is written anew only with
 * {@code -Dgolden.rewrite=true}, and the test that did so fails, so that nobody does it without noticing.
 */
final class GoldenFile {
    private final Path file;
    private final Map<String, byte[]> encoded = new LinkedHashMap<>();

    GoldenFile(String name) {
        this.file = Path.of("src", "test", "resources", "golden", name);
    }

    /** Says what this code makes of something. */
    GoldenFile encoded(String name, byte[] bytes) {
        encoded.put(name, bytes);
        return this;
    }

    /** The bytes by name, as they stand in the file, which has to have the names that were encoded and no others. */
    Map<String, byte[]> read() {
        if (Boolean.getBoolean("golden.rewrite")) {
            rewrite();
        }
        Map<String, byte[]> golden = new LinkedHashMap<>();
        for (String line : lines()) {
            String[] parts = line.split(" = ", 2);
            golden.put(parts[0], HexFormat.of().parseHex(parts[1]));
        }
        return golden;
    }

    Map<String, byte[]> encoded() {
        return encoded;
    }

    static List<String> readable(Map<String, byte[]> bytes) {
        List<String> lines = new ArrayList<>();
        bytes.forEach((name, value) -> lines.add(name + " = " + HexFormat.of().formatHex(value)));
        return lines;
    }

    private List<String> lines() {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void rewrite() {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, readable(encoded));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        fail("%s was written anew; look at the difference, then run without -Dgolden.rewrite", file);
    }
}
