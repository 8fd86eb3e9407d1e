package dev.realtime.contracts.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Who sent a notification: a service or an administrator.
 *
 * @param service the name of the service that posted it; absent otherwise
 * @param admin the name of the administrator who sent it; absent otherwise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Sender(@Nullable String service, @Nullable String admin) {

    public static Sender service(String name) {
        return new Sender(name, null);
    }

    public static Sender admin(String name) {
        return new Sender(null, name);
    }
}
