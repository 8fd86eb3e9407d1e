import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import org.json.JSONArray;
import org.json.JSONObject;

/**
 * Stock Java clients that report everything they see to the given port, one JSON object per line. Reads from there what
 * to open, one line each: {@code { n, url, token, transports, wants }}. Ends when the other end closes.
 *
 * <p>{@code java -cp <the client's jars> JavaTabs.java <port>}
 */
final class JavaTabs {

    private final PrintWriter out;

    private JavaTabs(PrintWriter out) {
        this.out = out;
    }

    public static void main(String[] arguments) throws Exception {
        var control = new java.net.Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
        var out = new PrintWriter(new OutputStreamWriter(control.getOutputStream(), StandardCharsets.UTF_8), true);
        var in = new BufferedReader(new InputStreamReader(control.getInputStream(), StandardCharsets.UTF_8));
        JavaTabs tabs = new JavaTabs(out);
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            tabs.open(new JSONObject(line));
        }
        System.exit(0);
    }

    private void open(JSONObject wish) {
        IO.Options options = IO.Options.builder()
                .setAuth(Map.of("token", wish.getString("token")))
                .setTransports(wish.getJSONArray("transports").toList().toArray(String[]::new))
                .setForceNew(true)
                .setReconnectionDelay(50)
                .setReconnectionDelayMax(1_000)
                .setTimeout(6_000)
                .build();
        // Otherwise OkHttp repeats a poll whose answer was lost, and nobody notices the events in it.
        OkHttpClient http = new OkHttpClient.Builder()
                .retryOnConnectionFailure(false)
                .readTimeout(1, TimeUnit.MINUTES)
                .build();
        options.callFactory = http;
        options.webSocketFactory = http;
        Socket socket = IO.socket(URI.create(wish.getString("url")), options);
        int n = wish.getInt("n");
        socket.on(Socket.EVENT_CONNECT, nothing -> {
            tell(n, new JSONObject().put("kind", "connect").put("sid", socket.id()));
            String room = wish.optString("wants", null);
            if (room != null) {
                join(n, socket, room);
            }
        });
        socket.on(Socket.EVENT_DISCONNECT, reason -> tell(n, new JSONObject().put("kind", "disconnect").put("reason", reason[0])));
        socket.onAnyIncoming(event -> {
            JSONArray all = new JSONArray(event);
            tell(n, new JSONObject().put("kind", "any").put("name", all.get(0)).put("args", rest(all)));
        });
        socket.connect();
    }

    private void join(int n, Socket socket, String room) {
        // The answer names the room; only one join of it is pending at a time.
        tell(n, new JSONObject().put("kind", "ask").put("room", room));
        socket.emit("join-room", new JSONObject().put("room", room), (Ack) answer -> tell(
                n, new JSONObject().put("kind", "answer").put("ack", answer[0])));
    }

    private static JSONArray rest(JSONArray all) {
        JSONArray rest = new JSONArray();
        for (int i = 1; i < all.length(); i++) {
            rest.put(all.get(i));
        }
        return rest;
    }

    private synchronized void tell(int n, JSONObject what) {
        out.println(what.put("n", n));
    }
}
