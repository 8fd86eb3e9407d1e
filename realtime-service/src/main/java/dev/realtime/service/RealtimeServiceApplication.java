package dev.realtime.service;

import dev.realtime.service.launch.Commands;
import dev.realtime.service.launch.LaunchInitializer;
import dev.realtime.service.recovery.KeptEvents;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The service's entry point. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class RealtimeServiceApplication {

    /** Starts the service, or runs the {@linkplain Commands command} that the arguments begin with. */
    public static void main(String[] args) {
        Integer exitCode = Commands.run(args);
        if (exitCode != null) {
            System.exit(exitCode);
        }
        application().run(args);
    }

    /** The application that {@code main} starts: checks the configuration, and embeds a Redis if none is configured. */
    public static SpringApplication application() {
        var application = new SpringApplication(RealtimeServiceApplication.class);
        application.setBannerMode(Banner.Mode.OFF);
        application.addInitializers(new LaunchInitializer(), new KeptEvents());
        return application;
    }
}
