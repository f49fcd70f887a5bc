/**
 * The images of Docker Hub that go by a single name, those included that have been given up: they can still be pulled. Any
 * other single name can be pulled from nowhere. Read from github.com/docker-library: meta-scripts/doi.jq (the list of
 * repositories), repo-info/repos (each has a folder), official-images/library and its history (what was given up).
 */
const officialImages: ReadonlySet<string> = new Set(
  `adminer adoptopenjdk aerospike almalinux alpine alt amazoncorretto amazonlinux api-firewall arangodb archlinux
  azul-zulu backdrop bash bonita buildpack-deps busybox caddy cassandra celery centos chronograf cirros clearlinux
  clefos clickhouse clojure composer consul convertigo couchbase couchdb crate crux dart debian django docker
  docker-dev drupal eclipse-mosquitto eclipse-temurin eggdrop elasticsearch elixir emqx erlang euleros
  express-gateway fedora flink fluentd friendica fsharp gazebo gcc geonetwork ghost glassfish golang gradle groovy
  haproxy haskell haxe hello-seattle hello-world hipache hitch hola-mundo httpd hylang ibm-semeru-runtimes ibmjava
  influxdb iojs irssi java jenkins jetty jobber joomla jruby julia kaazing-gateway kapacitor kibana known kong
  krakend lightstreamer liquibase logstash mageia mariadb matomo maven mediawiki memcached mongo mongo-express
  monica mono mysql nats nats-streaming neo4j neurodebian nextcloud nginx node notary nuxeo odoo open-liberty
  openjdk opensuse oraclelinux orientdb owncloud percona perl photon php php-zendserver phpmyadmin piwik plone
  postfixadmin postgres pypy python r-base rabbitmq rails rakudo-star rapidoid redis redmine registry rethinkdb
  rocket.chat rockylinux ros ruby rust sapmachine satosa sentry silverpeas sl solr sonarqube sourcemage spark spiped
  storm swarm swift swipl teamspeak telegraf thrift tomcat tomee traefik ubuntu ubuntu-debootstrap ubuntu-upstart
  unit varnish vault websphere-liberty wordpress xwiki yourls znc zookeeper`.split(/\s+/),
);

/**
 * Whether a name without registry and slash is none that a registry serves, as in manifests whose images a tool fills in
 * (Skaffold, Kustomize, Tilt) or that are loaded into a local cluster.
 */
export function isLocalImageName(normalizedRepository: string): boolean {
  const name = /^docker\.io\/library\/([^/]+)$/.exec(normalizedRepository)?.[1];
  return name !== undefined && !officialImages.has(name);
}
