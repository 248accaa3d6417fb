package io.esdb.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.PolymorphicTypeValidator;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.Serial;
import java.util.List;

/** Makes the mappers of this package. The users' modules come first, so that they cannot loosen what follows. */
final class SafeMapper {
    private SafeMapper() {}

    static ObjectMapper create(JsonLimits limits, List<Module> modules) {
        JsonMapper.Builder builder =
                JsonMapper.builder(factory()).addModule(new JavaTimeModule()).addModules(modules);
        readStrictly(builder);
        keepValuesExact(builder);
        ObjectMapper mapper = builder.polymorphicTypeValidator(new NoClassNames())
                .deactivateDefaultTyping()
                .build();
        mapper.getFactory()
                .setStreamReadConstraints(limits.forReading())
                .setStreamWriteConstraints(limits.forWriting());
        return mapper;
    }

    private static JsonFactory factory() {
        return JsonFactory.builder()
                // JSON is UTF-8; guessing lets a document mean one thing here and another elsewhere.
                .disable(JsonFactory.Feature.CHARSET_DETECTION)
                // Names come from outside; interning them would fill a table of the whole JVM.
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .build();
    }

    private static void readStrictly(JsonMapper.Builder builder) {
        builder.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(JsonGenerator.Feature.STRICT_DUPLICATE_DETECTION)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                // Older programs go on reading events that newer ones have given more fields.
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    }

    private static void keepValuesExact(JsonMapper.Builder builder) {
        builder.enable(JsonNodeFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                .enable(SerializationFeature.WRITE_DATES_WITH_ZONE_ID)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS);
    }

    /** Refuses every class named by data, also where an annotation on the users' own class asks for it. */
    private static final class NoClassNames extends PolymorphicTypeValidator.Base {
        @Serial
        private static final long serialVersionUID = 1L;

        @Override
        public Validity validateBaseType(MapperConfig<?> config, JavaType baseType) {
            return Validity.DENIED;
        }
    }
}
