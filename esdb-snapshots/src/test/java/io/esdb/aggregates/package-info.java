/** Tests of aggregates. */
@NullMarked
package io.esdb.aggregates;

import org.jspecify.annotations.NullMarked;
