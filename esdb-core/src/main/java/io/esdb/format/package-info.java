/**
 * How state, commands and replies become bytes and bytes become them again. Every tag, key prefix and layout here is
 * on disks and in logs: it is never renumbered or given another meaning; golden files hold it.
 */
@NullMarked
package io.esdb.format;

import org.jspecify.annotations.NullMarked;
