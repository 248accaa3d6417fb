package io.esdb.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleDescriptor.Requires;
import java.net.URI;
import org.junit.jupiter.api.Test;

class ModuleDescriptorTest {
    @Test
    void needsTheCoreAloneAndExportsOnePackage() throws Exception {
        ModuleDescriptor module;
        Object classes = Erasure.class.getProtectionDomain().getCodeSource().getLocation();
        try (InputStream in = new URI(classes + "module-info.class").toURL().openStream()) {
            module = ModuleDescriptor.read(in);
        }

        assertThat(module.requires())
                .extracting(Requires::name)
                .containsExactlyInAnyOrder("java.base", "io.esdb.core", "org.slf4j", "org.jspecify");
        assertThat(module.exports()).extracting(Exports::source).containsExactly("io.esdb.erasure");
    }
}
