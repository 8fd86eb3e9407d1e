package dev.realtime.service.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.contracts.ErrorCode;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisConnectionException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.RedisSystemException;
import org.springframework.messaging.MessagingException;

class RedisRefusalTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            OOM command not allowed when used memory > 'maxmemory'.                              | FULL
            OOM command not allowed when used memory > 'maxmemory'. script: 5cd, on @user_script:16. | FULL
            ERR Error running script (call to f_5cd): @user_script:16: @user_script: 16: -OOM command not allowed when used memory > 'maxmemory'. | FULL
            READONLY You can't write against a read only replica.                                | READ_ONLY
            NOREPLICAS Not enough good replicas to write.                                        | TOO_FEW_REPLICAS
            NOPERM User gateway has no permissions to run the 'xadd' command                     | FORBIDDEN
            NOPERM No permissions to access a key                                                | FORBIDDEN
            NOAUTH Authentication required.                                                      | FORBIDDEN
            WRONGPASS invalid username-password pair or user is disabled.                        | FORBIDDEN
            ERR invalid password                                                                 | FORBIDDEN
            ERR ACL failure in script: User gateway has no permissions to run the 'xadd' command | FORBIDDEN
            ERR The user executing the script can't run this command or subcommand               | FORBIDDEN
            MISCONF Redis is configured to save RDB snapshots, but it's unable to persist on disk. | MISCONFIGURED
            WRONGTYPE Operation against a key holding the wrong kind of value                    | MISCONFIGURED
            ERR unknown command 'EVAL', with args beginning with:                                | MISCONFIGURED
            LOADING Redis is loading the dataset in memory                                       | NOT_READY
            CLUSTERDOWN The cluster is down                                                      | NOT_READY
            MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.     | NOT_READY
            BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE. | NOT_READY
            ERR something new                                                                    | OTHER
            NEWCODE something new                                                                | OTHER
            """)
    void whatRedisAnswersHasAName(String words, RedisRefusal refusal) {
        assertThat(RedisRefusal.of(new RedisCommandExecutionException(words))).isEqualTo(refusal);
        assertThat(RedisRefusal.codeOf(new RedisCommandExecutionException(words)))
                .isEqualTo(refusal.code());
    }

    @Test
    void anAnswerIsFoundAmongTheCauses() {
        var answer = new RedisCommandExecutionException("OOM command not allowed");
        assertThat(RedisRefusal.of(new MessagingException("Sending failed", new RedisSystemException("no", answer))))
                .isEqualTo(RedisRefusal.FULL);
        assertThat(RedisRefusal.of(new RedisConnectionFailureException(
                        "Redis cannot be reached",
                        new RedisConnectionException(
                                "Unable to connect", new RedisCommandExecutionException("WRONGPASS no")))))
                .isEqualTo(RedisRefusal.FORBIDDEN);
        assertThat(RedisRefusal.of(new RedisConnectionException("NOAUTH HELLO must be called with the client")))
                .isEqualTo(RedisRefusal.FORBIDDEN);
    }

    @Test
    void onlyWhatDoesNotAnswerIsAway() {
        assertThat(RedisRefusal.codeOf(new RedisConnectionFailureException("refused", new IOException("OOM refused"))))
                .isEqualTo(ErrorCode.BACKPLANE_UNAVAILABLE);
        assertThat(RedisRefusal.codeOf(new RedisCommandTimeoutException("Command timed out")))
                .isEqualTo(ErrorCode.BACKPLANE_UNAVAILABLE);
        assertThat(RedisRefusal.codeOf(null)).isEqualTo(ErrorCode.BACKPLANE_UNAVAILABLE);
        assertThat(RedisRefusal.reasonOf(new IOException())).isEqualTo("Redis is unavailable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NOSCRIPT No matching script.", "BUSYGROUP Consumer Group name already exists"})
    void whatTheClientDealsWithIsNoRefusal(String words) {
        assertThat(RedisRefusal.of(new RedisCommandExecutionException(words))).isNull();
    }
}
