package io.esdb.json;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;

/**
 * The named bounds of a JSON document. They hold for everything that is read, and for everything that is written, so
 * that nothing is appended that cannot be read again.
 *
 * @param nesting objects and lists inside one another; default 200, at most 1,000
 * @param documentBytes a whole document in UTF-8; default 16 MiB, at most 64 MiB
 * @param tokens values, names, and openings and ends of objects and lists; default 1,000,000, at most 100,000,000
 * @param stringChars characters of a string; default 16 Mi, at most 64 Mi
 * @param nameChars bytes or characters of a name in an object; default 4,096, at most 65,536;
 *     events can be written only from 13 on, the length of {@link JsonEvents#SCHEMA_VERSION}
 * @param numberChars characters of a number as written; default 1,000, at most 10,000. Exponents may have 10 digits and
 *     fit an int, whatever this says
 */
public record JsonLimits(int nesting, int documentBytes, int tokens, int stringChars, int nameChars, int numberChars) {

    private static final int MI = 1 << 20;
    private static final JsonLimits DEFAULTS = new JsonLimits(200, 16 * MI, 1_000_000, 16 * MI, 4_096, 1_000);

    /** @throws io.esdb.InvalidInput if a bound is below 1 or over what its description allows */
    public JsonLimits {
        Check.within("nesting", nesting, 1_000);
        Check.within("documentBytes", documentBytes, 64 * MI);
        Check.within("tokens", tokens, 100_000_000);
        Check.within("stringChars", stringChars, 64 * MI);
        Check.within("nameChars", nameChars, 65_536);
        Check.within("numberChars", numberChars, 10_000);
    }

    /** The defaults named above. */
    public static JsonLimits defaults() {
        return DEFAULTS;
    }

    /** The same bounds with another depth of objects and lists. */
    public JsonLimits withNesting(int nesting) {
        return new JsonLimits(nesting, documentBytes, tokens, stringChars, nameChars, numberChars);
    }

    /** The same bounds with others for the whole document: bytes and tokens. */
    public JsonLimits withDocument(int documentBytes, int tokens) {
        return new JsonLimits(nesting, documentBytes, tokens, stringChars, nameChars, numberChars);
    }

    /** The same bounds with others for one value: characters of a string, a name and a number. */
    public JsonLimits withValues(int stringChars, int nameChars, int numberChars) {
        return new JsonLimits(nesting, documentBytes, tokens, stringChars, nameChars, numberChars);
    }

    StreamReadConstraints forReading() {
        return StreamReadConstraints.builder()
                .maxNestingDepth(nesting)
                .maxDocumentLength(documentBytes)
                .maxTokenCount(tokens)
                .maxStringLength(stringChars)
                .maxNameLength(nameChars)
                .maxNumberLength(numberChars)
                .build();
    }

    StreamWriteConstraints forWriting() {
        return StreamWriteConstraints.builder().maxNestingDepth(nesting).build();
    }
}
