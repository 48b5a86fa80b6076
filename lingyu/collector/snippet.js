/* Lingyu: page views, outbound links, engaged time, and lingyu("event", {…}). No cookie, no storage.
   lingyu.user("id") names the visitor, lingyu.off() stops. data-key="…" names the source where the address does not.
   What is served has neither comments nor indentation: every line has to end where a statement may. */
(function(w,d){
  var s=d.currentScript,to=s.src.replace(/\.js.*$/,"/e"),queue=[],n=w.navigator,l=location,old=w.lingyu&&w.lingyu.q||[],off,user,timer,page,seen,since,deep;
  if(w.lingyu&&w.lingyu.user)return;
  function now(){return Date.now()}
  function id(){return now().toString(36)+Math.random().toString(36).slice(2,12)}
  var visit=id();
  function flush(){
    timer=clearTimeout(timer);
    if(!queue.length)return;
    var body=JSON.stringify({s:now(),k:s.dataset.key,v:visit,u:user,e:queue.splice(0),c:{locale:n.language,screen:screen.width+"x"+screen.height,library:"lingyu.js 1"}});
    n.sendBeacon&&n.sendBeacon(to,body)||fetch(to,{method:"POST",body:body,keepalive:true})
  }
  function track(name,p){
    if(off)return;
    queue.push({i:id(),n:name,t:now(),p:p,c:{url:page,title:d.title,referrer:d.referrer}});
    queue.length>20?flush():timer=timer||setTimeout(flush,500)
  }
  function look(){
    if(since)seen+=now()-since;
    since=!d.hidden&&d.hasFocus()?now():0
  }
  function leave(){
    look();
    if(page&&seen>999){track("$engagement",{engaged_ms:seen,scroll_percent:deep});seen=0}
    flush()
  }
  function view(){
    var u=l.href.replace(/#(?!\/).*/,"");
    if(u==page)return;
    leave();page=u;seen=deep=0;track("$pageview")
  }
  ["pushState","replaceState"].forEach(function(f){
    var was=history[f];
    history[f]=function(){was.apply(this,arguments);view()}
  });
  function on(what,then,at){(at||w).addEventListener(what,then,true)}
  on("popstate",view);on("hashchange",view);on("focus",look);on("blur",look);on("pagehide",leave);
  on("scroll",function(){
    var all=d.documentElement.scrollHeight-innerHeight;
    if(all>0)deep=Math.max(deep,Math.min(100,Math.round(100*scrollY/all)))
  });
  on("visibilitychange",function(){d.hidden?leave():look()},d);
  on("click",function(e){
    var a=e.target.closest&&e.target.closest("a[href]");
    if(a&&a.host&&a.host!=l.host)track("$outbound",{target:a.href})
  });
  w.lingyu=track;
  track.user=function(u){user=u;track("$identify")};
  track.off=function(){off=1;queue=[]};
  view();
  old.forEach(function(a){track.apply(0,a)})
})(window,document);
