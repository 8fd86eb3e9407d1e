package dev.realtime.console.security;

import java.util.List;
import java.util.regex.Pattern;
import org.apache.catalina.util.NetMask;
import org.apache.catalina.valves.RemoteIpValve;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Takes the client's address and scheme from {@code X-Forwarded-For} and {@code X-Forwarded-Proto} of trusted proxies;
 * ignores these headers from everybody else.
 */
@Component
public final class TrustedProxies implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> {

    /** Excludes host names, which would be looked up. */
    private static final Pattern CIDR = Pattern.compile("[0-9a-fA-F.:]+(/[0-9]{1,3})?");

    private final List<String> proxies;

    TrustedProxies(ConsoleProperties properties) {
        this.proxies = properties.trustedProxies();
    }

    /**
     * Whether this is an IP address or a CIDR such as {@code 10.0.0.0/8}. A CIDR of all addresses is invalid: everybody
     * could then forge their address.
     */
    public static boolean valid(String proxy) {
        if (!CIDR.matcher(proxy).matches() || proxy.matches(".*/0+")) {
            return false;
        }
        try {
            return new NetMask(cidr(proxy)).toString() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Override
    public void customize(ConfigurableTomcatWebServerFactory factory) {
        if (!proxies.isEmpty()) {
            factory.addEngineValves(valve());
        }
    }

    private RemoteIpValve valve() {
        var valve = new RemoteIpValve();
        valve.setInternalProxies(
                String.join(",", proxies.stream().map(TrustedProxies::cidr).toList()));
        valve.setRemoteIpHeader("X-Forwarded-For");
        valve.setProtocolHeader("X-Forwarded-Proto");
        return valve;
    }

    /** Always with a prefix length: the valve takes a text without one for a regular expression. */
    private static String cidr(String proxy) {
        if (proxy.indexOf('/') >= 0) {
            return proxy;
        }
        return proxy + (proxy.indexOf(':') >= 0 ? "/128" : "/32");
    }
}
