/**
 * The REST API's description for people and programs: OpenAPI 3.1 and Swagger UI. Disabled in the profile production.
 */
@NullMarked
package dev.realtime.service.apidocs;

import org.jspecify.annotations.NullMarked;
