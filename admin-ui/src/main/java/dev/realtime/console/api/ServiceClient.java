package dev.realtime.console.api;

import com.vaadin.flow.server.VaadinSession;
import dev.realtime.console.security.ConsoleUser;
import dev.realtime.contracts.Problem;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpExchangeAdapter;
import org.springframework.web.service.invoker.HttpExchangeAdapterDecorator;
import org.springframework.web.service.invoker.HttpRequestValues;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Configures the calls of {@link AdminApi}: instances, timeouts, tokens, and errors. */
@Configuration(proxyBeanMethods = false)
class ServiceClient {

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(6);
    private static final int SERVER_ERROR = 500;
    private static final int CLIENT_ERROR = 400;

    @Bean
    static AdminApi adminApi(ApiProperties properties, AdminTokens tokens, JsonMapper json) {
        var requests = new JdkClientHttpRequestFactory(HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build());
        requests.setReadTimeout(ANSWER);
        RestClient client = RestClient.builder()
                .requestFactory(requests)
                .requestInterceptor(new Failover(properties.serviceUrls()))
                .bufferContent((uri, method) -> true)
                .configureMessageConverters(
                        converters -> converters.withJsonConverter(new JacksonJsonHttpMessageConverter(json)))
                .defaultHeader(HttpHeaders.ACCEPT, MediaType.APPLICATION_JSON_VALUE)
                .defaultStatusHandler(status -> status.value() >= CLIENT_ERROR, (request, response) -> {
                    throw refusal(response, json);
                })
                .build();
        return HttpServiceProxyFactory.builderFor(RestClientAdapter.create(client))
                .exchangeAdapterDecorator(Answers::new)
                .customArgumentResolver((argument, parameter, request) -> resolve(argument, request, tokens))
                .build()
                .createClient(AdminApi.class);
    }

    private static boolean resolve(@Nullable Object argument, HttpRequestValues.Builder request, AdminTokens tokens) {
        switch (argument) {
            case ConsoleUser user -> request.addHeader(HttpHeaders.AUTHORIZATION, "Bearer " + tokens.of(user));
            case Query query -> query.addTo(request);
            case null, default -> {
                return false;
            }
        }
        return true;
    }

    private static RuntimeException refusal(ClientHttpResponse response, JsonMapper json) throws IOException {
        String type = response.getHeaders().getFirst(HttpHeaders.CONTENT_TYPE);
        if (type != null && type.startsWith(Problem.MEDIA_TYPE)) {
            return new RefusedException(json.readValue(response.getBody(), Problem.class));
        }
        int status = response.getStatusCode().value();
        return new ServiceAwayException(
                status >= SERVER_ERROR
                        ? "The service answered with status " + status + "."
                        : "The answer did not come from the service: status " + status + ".",
                null);
    }

    /**
     * Refuses calls that would hold up a page: as long as a call takes, whoever needs the session's lock waits.
     *
     * @throws IllegalStateException if this thread holds the lock of a session; a fault of the caller
     */
    private static void refuseUnderLock() {
        VaadinSession session = VaadinSession.getCurrent();
        if (session != null && session.hasLock()) {
            throw new IllegalStateException("The service must not be asked under the lock of a session.");
        }
    }

    /** Detects answers that did not come from the service. */
    private static final class Answers extends HttpExchangeAdapterDecorator {

        Answers(HttpExchangeAdapter delegate) {
            super(delegate);
        }

        @Override
        public <T> T exchangeForBody(HttpRequestValues request, ParameterizedTypeReference<T> type) {
            refuseUnderLock();
            RuntimeException cause = null;
            try {
                T body = super.exchangeForBody(request, type);
                if (body != null) {
                    return body;
                }
            } catch (RestClientException | JacksonException e) {
                cause = e;
            }
            throw new ServiceAwayException("The answer is not in the service's format.", cause);
        }
    }
}
