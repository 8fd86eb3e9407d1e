/** The console's texts in Russian and English, and the formats of numbers and times. */
@NullMarked
package dev.realtime.console.language;

import org.jspecify.annotations.NullMarked;
