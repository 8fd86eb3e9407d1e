package dev.realtime.service.gateway.budget;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How many bytes clients may make this instance hold.
 *
 * @param heapShare the instance's budget for inbound bytes, as a share of the JVM's maximum heap
 * @param queueShare the instance's budget for outbound bytes, as a share of the maximum heap; a packet for many sockets
 *     counts once
 * @param beforeIdentity how much a connection without an identity may hold, and how much a socket without an identity
 *     may send in total
 * @param perClient the budget of one user across all connections, and of one address across connections without an
 *     identity; IPv6 addresses count by /64 network
 */
@Validated
@ConfigurationProperties("realtime.budget")
public record BudgetProperties(
        @DecimalMin("0.05") @DecimalMax("0.5") @DefaultValue("0.2")
        double heapShare,

        @DecimalMin("0.05") @DecimalMax("0.5") @DefaultValue("0.15")
        double queueShare,

        @NotNull @DefaultValue("32KB") DataSize beforeIdentity,
        @NotNull @DefaultValue("8MB") DataSize perClient) {

    public BudgetProperties {
        between("before-identity", beforeIdentity, DataSize.ofKilobytes(16), DataSize.ofMegabytes(1));
        between("per-client", perClient, DataSize.ofMegabytes(1), DataSize.ofGigabytes(1));
    }

    private static void between(String name, DataSize value, DataSize least, DataSize most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "realtime.budget." + name + " must be between " + least + " and " + most + ", but is " + value);
        }
    }
}
