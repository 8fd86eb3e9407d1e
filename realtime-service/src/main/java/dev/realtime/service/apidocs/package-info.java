/** The REST API's description for people and programs: OpenAPI 3.1 and Swagger UI; not in profile production. */
@NullMarked
package dev.realtime.service.apidocs;

import org.jspecify.annotations.NullMarked;
