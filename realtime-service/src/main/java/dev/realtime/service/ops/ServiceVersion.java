package dev.realtime.service.ops;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.stereotype.Component;

/** The version of this build. */
@Component
public final class ServiceVersion {

    private final String text;

    ServiceVersion(ObjectProvider<BuildProperties> build) {
        BuildProperties properties = build.getIfAvailable();
        String named = properties == null ? null : properties.getVersion();
        text = named == null ? "unknown" : named;
    }

    @Override
    public String toString() {
        return text;
    }
}
