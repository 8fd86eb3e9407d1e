package dev.realtime.console;

import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.page.AppShellConfigurator;
import com.vaadin.flow.component.page.Push;
import com.vaadin.flow.component.page.Viewport;
import com.vaadin.flow.server.AppShellSettings;
import com.vaadin.flow.theme.aura.Aura;
import dev.realtime.console.launch.HashPasswordCommand;
import dev.realtime.console.launch.LaunchInitializer;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The admin console. Changes are pushed to its pages by WebSocket. */
@Push
@Viewport("width=device-width, initial-scale=1")
@StyleSheet(Aura.STYLESHEET)
@StyleSheet("console.css")
@SpringBootApplication
@ConfigurationPropertiesScan
public class ConsoleApplication implements AppShellConfigurator {

    private static final long serialVersionUID = 1L;

    /** Starts the server, unless the arguments begin with a {@linkplain HashPasswordCommand command}. */
    public static void main(String[] args) {
        Integer exitCode = HashPasswordCommand.run(args);
        if (exitCode != null) {
            System.exit(exitCode);
        }
        application().run(args);
    }

    /**
     * The application as {@code main} starts it, with the configuration checked and completed from the service's data
     * folder.
     */
    public static SpringApplication application() {
        var application = new SpringApplication(ConsoleApplication.class);
        application.setBannerMode(Banner.Mode.OFF);
        application.addInitializers(new LaunchInitializer());
        return application;
    }

    @Override
    public void configurePage(AppShellSettings settings) {
        settings.addFavIcon("icon", "icon.svg", "any");
    }
}
