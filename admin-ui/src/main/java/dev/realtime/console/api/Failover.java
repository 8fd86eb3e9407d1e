package dev.realtime.console.api;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.support.HttpRequestWrapper;

/**
 * Sends a request, whose URI is a path and a query, to the first instance that answers. If an instance fails, a read
 * goes to the next one; a change does so only if it certainly did not reach the first.
 */
final class Failover implements ClientHttpRequestInterceptor {

    private final List<String> instances;
    private final AtomicInteger current = new AtomicInteger();

    Failover(List<URI> instances) {
        this.instances = instances.stream()
                .map(url -> url.toString().replaceFirst("/$", ""))
                .toList();
    }

    /** @throws ServiceAwayException if no instance answers */
    @Override
    public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution) {
        IOException last = null;
        int first = current.get();
        for (int i = 0; i < instances.size(); i++) {
            int chosen = Math.floorMod(first + i, instances.size());
            try {
                ClientHttpResponse response = execution.execute(at(instances.get(chosen), request), body);
                // Reads the whole body, since an instance may fail in the middle of its answer.
                response.getBody();
                if (i > 0) {
                    current.set(chosen);
                }
                return response;
            } catch (IOException e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new ServiceAwayException("The console is stopping.", e);
                }
                last = e;
                if (!request.getMethod().equals(HttpMethod.GET) && !neverArrived(e)) {
                    break;
                }
            }
        }
        throw new ServiceAwayException("No instance of the service answers.", last);
    }

    private static boolean neverArrived(IOException e) {
        return e instanceof ConnectException || e instanceof HttpConnectTimeoutException;
    }

    private static HttpRequest at(String instance, HttpRequest request) {
        URI uri = URI.create(instance + request.getURI());
        return new HttpRequestWrapper(request) {
            @Override
            public URI getURI() {
                return uri;
            }
        };
    }
}
