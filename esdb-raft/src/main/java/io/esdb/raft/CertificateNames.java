package io.esdb.raft;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** For which members a certificate speaks: its DNS names, or the common name of its subject if it has none. */
final class CertificateNames {
    private static final int DNS_NAME = 2;

    private CertificateNames() {}

    static Set<String> of(X509Certificate certificate) throws CertificateParsingException {
        Set<String> names = new TreeSet<>();
        Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
        if (alternatives != null) {
            for (List<?> alternative : alternatives) {
                if (Integer.valueOf(DNS_NAME).equals(alternative.get(0))) {
                    names.add(lowerCase(alternative.get(1)));
                }
            }
        }
        return names.isEmpty() ? commonNames(certificate) : names;
    }

    private static Set<String> commonNames(X509Certificate certificate) throws CertificateParsingException {
        Set<String> names = new TreeSet<>();
        try {
            LdapName subject =
                    new LdapName(certificate.getSubjectX500Principal().getName());
            for (Rdn part : subject.getRdns()) {
                if (part.getType().equalsIgnoreCase("CN")) {
                    names.add(lowerCase(part.getValue()));
                }
            }
        } catch (InvalidNameException e) {
            throw new CertificateParsingException(e);
        }
        return names;
    }

    private static String lowerCase(Object name) {
        return name.toString().toLowerCase(Locale.ROOT);
    }
}
