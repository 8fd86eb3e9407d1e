# syntax=docker/dockerfile:1
# docker build -t realtime-service .
# docker run -p 5009:5009 realtime-service

FROM eclipse-temurin:25-jdk AS build
WORKDIR /source
COPY . .
# The cache keeps what Maven has fetched, whatever changes above.
RUN --mount=type=cache,target=/root/.m2 ./mvnw -q -B -pl realtime-service -am -DskipTests package
RUN java -Djarmode=tools -jar realtime-service/target/realtime-service.jar extract --layers --destination /layers
RUN javac -d /rehearsal tools/Rehearsal.java

FROM eclipse-temurin:25-jre
RUN groupadd --system --gid 10001 realtime \
 && useradd --system --uid 10001 --gid realtime --no-create-home --shell /usr/sbin/nologin realtime \
 && install -d -o realtime -g realtime -m 700 /data
WORKDIR /app
COPY --from=build /layers/dependencies/ ./
COPY --from=build /layers/snapshot-dependencies/ ./
COPY --from=build /layers/application/ ./
COPY --from=build /rehearsal/ ./rehearsal/
COPY tools/jvm.options tools/ready.sh tools/aot-cache.sh ./
# Here, since it is good for this very JVM and these paths only.
RUN /app/aot-cache.sh /app /app/jvm.options
USER realtime
# Used only without REDIS_HOST: the embedded Redis' data and the secrets that were made.
ENV REALTIME_DATA_DIR=/data
VOLUME /data
EXPOSE 5009
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=6s --start-period=60s --retries=3 CMD ["/app/ready.sh"]
ENTRYPOINT ["java", "@/app/jvm.options", "-XX:AOTCache=/app/realtime-service.aot", "-jar", "/app/realtime-service.jar"]
