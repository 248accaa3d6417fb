package io.esdb.examples.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** A text file in UTF-8, to be read any number of times; one whose name ends in {@code .gz} is gunzipped. */
final class Source {
    private final String name;
    private final Opener opener;

    private Source(String name, Opener opener) {
        this.name = name;
        this.opener = opener;
    }

    private interface Opener {
        InputStream open() throws IOException;
    }

    static Source file(Path file) {
        return new Source(file.toString(), () -> Files.newInputStream(file));
    }

    /** A resource, named from the root. */
    static Source bundled(String resource) {
        return new Source(resource, () -> {
            InputStream stream = Source.class.getResourceAsStream(resource);
            if (stream == null) {
                throw new FileNotFoundException(resource);
            }
            return stream;
        });
    }

    BufferedReader open() throws IOException {
        InputStream stream = opener.open();
        try {
            InputStream plain = name.endsWith(".gz") ? new GZIPInputStream(stream) : stream;
            return new BufferedReader(new InputStreamReader(plain, UTF_8.newDecoder()));
        } catch (IOException e) {
            stream.close();
            throw e;
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
