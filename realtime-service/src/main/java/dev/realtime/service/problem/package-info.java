/** Refusals: every error of REST, whoever found it, is answered as problem details (RFC 9457), never as a page. */
@NullMarked
package dev.realtime.service.problem;

import org.jspecify.annotations.NullMarked;
