package dev.realtime.service.gateway.peers;

import dev.realtime.service.cluster.AdvertisedAddress;
import dev.realtime.service.gateway.frontdoor.FrontDoorProperties;
import dev.realtime.service.gateway.frontdoor.FrontDoorServer;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * The address at which other instances reach this one: the configured address, or else the bind address. If the bind
 * address is every address: the machine's first site-local address, or else its first that is not loopback, or else
 * loopback.
 */
@Component
final class OwnAddress implements AdvertisedAddress {

    private static final Set<String> EVERYWHERE = Set.of("*", "0.0.0.0", "::", "0:0:0:0:0:0:0:0");

    private final PeerProperties properties;
    private final FrontDoorProperties door;
    private final Environment environment;
    private volatile @Nullable String known;

    OwnAddress(PeerProperties properties, FrontDoorProperties door, Environment environment) {
        this.properties = properties;
        this.door = door;
        this.environment = environment;
    }

    /** The address; null while the system has not chosen the port yet. */
    @Override
    public @Nullable String current() {
        String found = known;
        if (found == null) {
            HostPort address = find();
            found = address == null ? null : address.toString();
            known = found;
        }
        return found;
    }

    private @Nullable HostPort find() {
        int port = door.portNumber();
        if (port == 0) {
            port = environment.getProperty(FrontDoorServer.LOCAL_PORT, Integer.class, 0);
        }
        if (port == 0) {
            return null;
        }
        String configured = properties.advertisedAddress();
        if (configured != null) {
            return HostPort.parse(configured, port);
        }
        String bound = door.bindAddress();
        return new HostPort(EVERYWHERE.contains(bound) ? machine() : bound, port);
    }

    private static String machine() {
        InetAddress best = InetAddress.getLoopbackAddress();
        try {
            for (InetAddress address : NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .toList()) {
                if (address.isLoopbackAddress() || address.isLinkLocalAddress()) {
                    continue;
                }
                if (address.isSiteLocalAddress()) {
                    return address.getHostAddress();
                }
                if (best.isLoopbackAddress()) {
                    best = address;
                }
            }
        } catch (SocketException _) {
            // Continue with the addresses found so far.
        }
        String text = best.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }
}
