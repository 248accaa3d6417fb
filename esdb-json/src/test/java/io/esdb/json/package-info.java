/** Tests of typed events and patterns. */
@NullMarked
package io.esdb.json;

import org.jspecify.annotations.NullMarked;
