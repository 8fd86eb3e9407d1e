# syntax=docker/dockerfile:1
# docker build -t realtime-service .                                  runs alone, with a Redis of its own:
# docker run -p 5009:5009 realtime-service
# docker build --target production -t realtime-service:1.0.0 .        for docker-compose.yml and k8s/, without a Redis

FROM eclipse-temurin:25.0.4_7-jdk-noble AS build
WORKDIR /source
COPY . .
# The cache keeps what Maven has fetched, whatever changes above.
RUN --mount=type=cache,target=/root/.m2 ./mvnw -q -B -pl realtime-service -am -DskipTests package
RUN java -Djarmode=tools -jar realtime-service/target/realtime-service.jar extract --layers --destination /layers
# The jar's redis-server lacks the fixes that came after its release; no image has it.
RUN rm /layers/dependencies/lib/embedded-redis-*.jar
RUN javac -d /rehearsal tools/Rehearsal.java

FROM eclipse-temurin:25.0.4_7-jre-noble AS service
RUN groupadd --system --gid 10001 realtime \
 && useradd --system --uid 10001 --gid realtime --no-create-home --shell /usr/sbin/nologin realtime
WORKDIR /app
COPY --from=build /layers/dependencies/ ./
COPY --from=build /layers/snapshot-dependencies/ ./
COPY --from=build /layers/application/ ./
COPY tools/jvm.options tools/ready.sh ./
USER realtime
EXPOSE 5009
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=6s --start-period=60s --retries=3 CMD ["/app/ready.sh"]
ENTRYPOINT ["java", "@/app/jvm.options", "-XX:AOTCache=/app/realtime-service.aot", "-jar", "/app/realtime-service.jar"]

# The distribution's redis-server, which gets its fixes as long as the distribution does: whatever it has on the day of the
# build, so no version is asked for.
FROM service AS alone
USER root
RUN apt-get update \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends redis-server \
 && rm -rf /var/lib/apt/lists/*
COPY --from=build /rehearsal/ ./rehearsal/
COPY tools/aot-cache.sh ./
# Here, since it is good for this very JVM and these paths only.
RUN /app/aot-cache.sh /app /app/jvm.options
RUN install -d -o realtime -g realtime -m 700 /data
USER realtime
# The embedded Redis' data and the secrets that were made, unless REDIS_HOST says that there is another one.
ENV REALTIME_DATA_DIR=/data
VOLUME /data

FROM service AS production
COPY --from=alone /app/realtime-service.aot ./
ENV SPRING_PROFILES_ACTIVE=production

# The last one is what a build without --target makes.
FROM alone
