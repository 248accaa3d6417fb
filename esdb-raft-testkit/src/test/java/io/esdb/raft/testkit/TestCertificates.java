package io.esdb.raft.testkit;

import io.esdb.raft.Tls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** An authority of its own in a folder, made with the JDK's keytool, and certificates that it issues, as PEM files. */
final class TestCertificates {
    private static final String PASSWORD = "changeit";

    private final Path folder;
    private final Path store;

    TestCertificates(Path folder) throws Exception {
        this.folder = Files.createDirectories(folder);
        this.store = folder.resolve("keys.p12");
        keytool("-alias", "ca", "-dname", "CN=authority", "-ext", "bc:c");
        write("ca.pem", "CERTIFICATE", List.of(keys().getCertificate("ca").getEncoded()));
    }

    /** For a member at 127.0.0.1. */
    Tls member(String name) throws Exception {
        return issue(name, "CN=" + name, "dns:" + name + ",ip:127.0.0.1");
    }

    /** @param names the subject alternative names, or empty for none */
    Tls issue(String alias, String subject, String names) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("-alias", alias, "-signer", "ca", "-dname", subject));
        if (!names.isEmpty()) {
            arguments.addAll(List.of("-ext", "san=" + names));
        }
        keytool(arguments.toArray(new String[0]));
        List<byte[]> chain = new ArrayList<>();
        for (Certificate certificate : keys().getCertificateChain(alias)) {
            chain.add(certificate.getEncoded());
        }
        write(alias + ".pem", "CERTIFICATE", chain);
        byte[] key = keys().getKey(alias, PASSWORD.toCharArray()).getEncoded();
        write(alias + ".key", "PRIVATE KEY", List.of(key));
        return new Tls(folder.resolve(alias + ".pem"), folder.resolve(alias + ".key"), folder.resolve("ca.pem"));
    }

    private void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-keyalg", "EC"));
        command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD, "-validity", "365"));
        command.addAll(List.of(arguments));
        Path output = folder.resolve("keytool.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (process.waitFor() != 0) {
            throw new IOException(Files.readString(output));
        }
    }

    private KeyStore keys() throws IOException, GeneralSecurityException {
        return KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    }

    private void write(String file, String type, List<byte[]> parts) throws IOException {
        StringBuilder pem = new StringBuilder();
        for (byte[] part : parts) {
            String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(part);
            pem.append("-----BEGIN ").append(type).append("-----\n").append(text);
            pem.append("\n-----END ").append(type).append("-----\n");
        }
        Files.writeString(folder.resolve(file), pem, StandardCharsets.US_ASCII);
    }
}
