package dev.realtime.service.identity.keys;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** A location of keys: a file, or the URL of a JWK Set. Its text is for the log and must not show the query. */
sealed interface KeyLocation permits KeyFile, KeyUrl {

    /** Matches everything that looks like a URL, so that a misspelt one is not taken for a file. */
    Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");

    /** Hosts in a URL that are this machine. Names are not looked up, since their addresses may change. */
    Pattern LOOPBACK = Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]");

    /** @throws IllegalArgumentException with a sentence about this location, when it is not valid */
    static KeyLocation of(String text) {
        try {
            return SCHEME.matcher(text).matches() ? url(new URI(text)) : new KeyFile(Path.of(text));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("has a URL that is not valid");
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("has a path that is not valid");
        }
    }

    private static KeyUrl url(URI uri) {
        String scheme = String.valueOf(uri.getScheme());
        String host = uri.getHost();
        if (!scheme.equals("https") && !scheme.equals("http")) {
            throw new IllegalArgumentException("has a URL with the scheme " + scheme + "; write a file as its path"
                    + " alone, and a URL with https://");
        }
        if (host == null) {
            throw new IllegalArgumentException("has a URL without a host");
        }
        if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("has a URL with a user, a password or a fragment");
        }
        if (scheme.equals("http") && !LOOPBACK.matcher(host).matches()) {
            throw new IllegalArgumentException("has the URL http://" + host + ", over which anybody on the network"
                    + " could substitute keys: it must be https:// unless the host is 127.0.0.1, [::1] or localhost");
        }
        return new KeyUrl(uri);
    }

    /** Reads the keys as they are now; may block for as long as {@link KeyUrl#PATIENCE}. */
    KeyDocument read() throws KeysUnreadableException;
}
