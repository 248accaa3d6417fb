package io.esdb.raft;

import io.esdb.InvalidInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.ratis.grpc.GrpcTlsConfig;
import org.apache.ratis.grpc.GrpcUtil;
import org.apache.ratis.security.TlsConf;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.SslContext;

/**
 * The PEM files for mutual TLS between nodes. All nodes trust one authority; each has a certificate of its own that
 * binds it to its member: the certificate must bear the member's name as a DNS subject alternative name (or as the
 * common name, if it has no DNS name at all) and the member's host as an IP or DNS subject alternative name. A node
 * can speak for no member that its certificate does not name. The files are read when a node starts, never later.
 *
 * @param certificate the node's certificate, followed by those of intermediate authorities
 * @param key the private key of the certificate, RSA or EC, as PKCS#8 without a password
 * @param authority the certificates of the authorities that issue certificates of members, and of nobody else
 */
public record Tls(Path certificate, Path key, Path authority) {
    /** @throws InvalidInput if a file cannot be read, or the three do not make up an identity */
    public Tls {
        mustBeReadable("certificate", certificate);
        mustBeReadable("key", key);
        mustBeReadable("authority", authority);
        if (certificates("authority", authority).isEmpty()) {
            throw new InvalidInput("authority", "holds no certificate: " + authority);
        }
        if (!PrivateKeyFile.fits(key, own(certificate).getPublicKey())) {
            throw new InvalidInput("key", "is not the PKCS#8 key, RSA or EC, of the certificate: " + key);
        }
    }

    /** For the server, and for the connections that Ratis makes. */
    GrpcTlsConfig config() {
        return new GrpcTlsConfig(key.toFile(), certificate.toFile(), authority.toFile(), true);
    }

    /** For connections to one member and to nobody else. */
    SslContext connectionTo(String member) {
        TlsConf.PrivateKeyConf privateKey = new TlsConf.PrivateKeyConf(key.toFile());
        TlsConf.CertificatesConf chain = new TlsConf.CertificatesConf(certificate.toFile());
        try {
            return GrpcUtil.buildSslContextForClient(GrpcTlsConfig.newBuilder()
                    .setPrivateKey(privateKey)
                    .setKeyCertificates(chain)
                    .setTrustManager(new MemberTrust(member, certificates("authority", authority)))
                    .setMutualTls(true)
                    .build());
        } catch (GeneralSecurityException e) {
            throw new InvalidInput("authority", "cannot be used: " + e.getMessage());
        }
    }

    /** A node whose certificate is for somebody else would be refused by all others; better to say so at once. */
    void mustName(Member self) {
        try {
            Set<String> names = CertificateNames.of(
                    certificates("certificate", certificate).iterator().next());
            if (!names.contains(self.name())) {
                throw new InvalidInput("certificate", "is for " + names + ", not for member '" + self.name() + "'");
            }
        } catch (GeneralSecurityException e) {
            throw new InvalidInput("certificate", "cannot be used: " + e.getMessage());
        }
    }

    private static void mustBeReadable(String field, Path file) {
        if (file == null || !Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new InvalidInput(field, "must be a file that can be read, was " + file);
        }
    }

    private static X509Certificate own(Path certificate) {
        Collection<X509Certificate> chain = certificates("certificate", certificate);
        if (chain.isEmpty()) {
            throw new InvalidInput("certificate", "holds no certificate: " + certificate);
        }
        return chain.iterator().next();
    }

    private static Collection<X509Certificate> certificates(String field, Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .map(X509Certificate.class::cast)
                    .collect(Collectors.toList());
        } catch (IOException | GeneralSecurityException e) {
            throw new InvalidInput(field, "holds no certificate: " + file);
        }
    }
}
