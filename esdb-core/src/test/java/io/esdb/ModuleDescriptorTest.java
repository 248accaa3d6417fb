package io.esdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleDescriptor.Requires.Modifier;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import org.junit.jupiter.api.Test;

class ModuleDescriptorTest {
    private final ModuleDescriptor module = read();

    @Test
    void only_what_users_and_implementers_hold_is_exported() {
        assertThat(module.name()).isEqualTo("io.esdb.core");
        assertThat(module.exports())
                .noneMatch(Exports::isQualified)
                .extracting(Exports::source)
                .containsExactlyInAnyOrder("io.esdb", "io.esdb.host", "io.esdb.spi");
        assertThat(module.opens()).isEmpty();
        assertThat(module.isOpen()).isFalse();
    }

    @Test
    void nothing_but_slf4j_and_annotations_is_required() {
        assertThat(module.requires())
                .extracting(Requires::name)
                .containsExactlyInAnyOrder("java.base", "org.slf4j", "org.jspecify");
        assertThat(module.requires())
                .filteredOn(requires -> requires.name().equals("org.jspecify"))
                .allMatch(requires -> requires.modifiers().contains(Modifier.STATIC));
    }

    @Test
    void storages_are_found_as_a_service() {
        assertThat(module.uses()).containsExactly("io.esdb.spi.StorageProvider");
        assertThat(module.provides()).isEmpty();
    }

    private static ModuleDescriptor read() {
        URL classes = EventStore.class.getProtectionDomain().getCodeSource().getLocation();
        try (InputStream in = new URI(classes + "module-info.class").toURL().openStream()) {
            return ModuleDescriptor.read(in);
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
