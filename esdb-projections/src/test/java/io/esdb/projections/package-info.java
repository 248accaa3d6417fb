/** Tests of projections. */
@NullMarked
package io.esdb.projections;

import org.jspecify.annotations.NullMarked;
