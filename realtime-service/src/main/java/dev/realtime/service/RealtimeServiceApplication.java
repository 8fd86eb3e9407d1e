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

    /** Serves, unless the arguments begin with a {@linkplain Commands command}. */
    public static void main(String[] args) {
        Integer exitCode = Commands.run(args);
        if (exitCode != null) {
            System.exit(exitCode);
        }
        application().run(args);
    }

    /** The application as {@code main} starts it: configuration checked, and with an embedded Redis where none is named. */
    public static SpringApplication application() {
        var application = new SpringApplication(RealtimeServiceApplication.class);
        application.setBannerMode(Banner.Mode.OFF);
        application.addInitializers(new LaunchInitializer(), new KeptEvents());
        return application;
    }
}
