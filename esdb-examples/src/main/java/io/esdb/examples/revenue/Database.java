package io.esdb.examples.revenue;

import java.sql.Connection;
import java.sql.SQLException;

/** A database that can be connected to. */
@FunctionalInterface
interface Database {
    /** A new connection, which the caller closes. */
    Connection connect() throws SQLException;
}
