package dev.realtime.console.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.contracts.admin.AdminRole;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProviderRolesTest {

    private static final Map<String, String> ROLES = Map.of("staff", "viewer", "bosses", "admin");

    @Test
    void acceptsAListOrAText() {
        assertThat(roles("roles").highest(Map.of("roles", "staff"))).contains(AdminRole.VIEWER);
        assertThat(roles("roles").highest(Map.of("roles", List.of("other", 7, "staff", "bosses"))))
                .contains(AdminRole.ADMIN);
    }

    @Test
    void dotsSelectMembersUnlessAClaimHasThatName() {
        assertThat(roles("realm.a.roles").highest(Map.of("realm", Map.of("a", Map.of("roles", List.of("staff"))))))
                .contains(AdminRole.VIEWER);
        assertThat(roles("https://x.example/roles").highest(Map.of("https://x.example/roles", "staff")))
                .contains(AdminRole.VIEWER);
    }

    @Test
    void ignoresValuesNotInTheMap() {
        assertThat(roles("roles").highest(Map.of("roles", "admin"))).isEmpty();
        assertThat(roles("roles").highest(Map.of("roles", List.of()))).isEmpty();
        assertThat(roles("roles").highest(Map.of("groups", "bosses"))).isEmpty();
        assertThat(roles("realm.roles").highest(Map.of("realm", "bosses"))).isEmpty();
    }

    private static ProviderRoles roles(String claim) {
        return new ProviderRoles(new ConsoleProperties.Oidc(claim, ROLES));
    }
}
