/**
 * Every error of the REST API is answered with problem details (RFC 9457), whichever layer found it; never with a page.
 */
@NullMarked
package dev.realtime.service.problem;

import org.jspecify.annotations.NullMarked;
