package io.esdb.raft;

import io.esdb.InvalidInput;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A node of a cluster.
 *
 * @param name 1 to 64 lower-case letters, digits, {@code .}, {@code _} and {@code -}, beginning with a letter or a digit
 * @param host the name or address that other nodes reach it by and that it listens on; an IPv6 address in brackets
 * @param port the port it listens on, 1 to 65535
 */
public record Member(String name, String host, int port) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}]");
    private static final int LAST_PORT = 65_535;
    private static final int LONGEST_SHOWN = 100;

    /** @throws InvalidInput if a component breaks its rule */
    public Member {
        name = checkedName("name", name);
        if (host == null || !HOST.matcher(host).matches()) {
            throw new InvalidInput("host", "must be a host name, an address or an [IPv6 address], was '" + host + "'");
        }
        if (port < 1 || port > LAST_PORT) {
            throw new InvalidInput("port", "must be between 1 and " + LAST_PORT + ", was " + port);
        }
    }

    /**
     * A node at an address of the form {@code host:port}.
     *
     * @throws InvalidInput if the address has another form, or a component breaks its rule
     */
    public static Member of(String name, String address) {
        int colon = address == null ? -1 : address.lastIndexOf(':');
        if (colon < 0) {
            throw badAddress(address);
        }
        try {
            return new Member(name, address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
        } catch (NumberFormatException e) {
            throw badAddress(address);
        }
    }

    static String checkedName(String field, @Nullable String name) {
        if (name == null || !NAME.matcher(name).matches()) {
            throw new InvalidInput(field, "must match " + NAME + ", was '" + shown(name) + "'");
        }
        return name;
    }

    private static @Nullable String shown(@Nullable String name) {
        return name == null || name.length() <= LONGEST_SHOWN ? name : name.substring(0, LONGEST_SHOWN) + "...";
    }

    /** Its address, {@code host:port}. */
    public String address() {
        return host + ":" + port;
    }

    private static InvalidInput badAddress(@Nullable String address) {
        return new InvalidInput("address", "must be host:port, was '" + address + "'");
    }
}
