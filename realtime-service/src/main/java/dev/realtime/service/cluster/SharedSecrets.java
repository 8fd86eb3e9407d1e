package dev.realtime.service.cluster;

import dev.realtime.service.identity.IdentityProperties;
import dev.realtime.service.security.AdminApiProperties;
import dev.realtime.service.security.WebhookProperties;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** The secrets that all instances on one Redis must share, by the variables that set them. */
@Component
final class SharedSecrets {

    static final String JWT_SECRET = "JWT_SECRET";
    static final String WEBHOOK_TOKEN = "WEBHOOK_TOKEN";
    static final String ADMIN_API_SECRET = "ADMIN_API_SECRET";
    static final String WEBHOOK_SERVICES = "realtime.webhook.services";

    /** Stands for a secret that is not set; too short to be a secret. */
    private static final String NONE = "none";

    private final IdentityProperties identity;
    private final WebhookProperties webhook;
    private final AdminApiProperties admin;

    SharedSecrets(IdentityProperties identity, WebhookProperties webhook, AdminApiProperties admin) {
        this.identity = identity;
        this.webhook = webhook;
        this.admin = admin;
    }

    /** Each secret's fingerprint by the name of its variable. */
    SortedMap<String, String> fingerprints(String salt) {
        SortedMap<String, String> prints = new TreeMap<>();
        print(prints, JWT_SECRET, identity.jwtSecret(), salt);
        print(prints, WEBHOOK_TOKEN, webhook.token(), salt);
        print(prints, WEBHOOK_SERVICES, webhook.allOfServices(), salt);
        print(prints, ADMIN_API_SECRET, admin.secret() == null ? NONE : admin.secret(), salt);
        return prints;
    }

    private static void print(SortedMap<String, String> prints, String variable, String secret, String salt) {
        prints.put(variable, Fingerprint.of(variable, secret, salt));
    }

    String jwtSecret() {
        return identity.jwtSecret();
    }
}
